/** The settings of a node, and what it finds on its machine. */
package org.tradepost.platform.config;
