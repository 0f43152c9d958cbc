/** How a request is rejected: error codes, and what a rejection says. */
package org.tradepost.common.error;
