/** What a node says of its own health and load on its management port. */
package org.tradepost.platform.management;
