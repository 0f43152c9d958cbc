/** How a request is refused: error codes, and what a refusal says. */
package org.tradepost.common.error;
