/** Removes old events, old idempotency keys and the lines of holds that are settled for good. */
package org.tradepost.product.retention;
