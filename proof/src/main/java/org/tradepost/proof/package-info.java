/**
 * Proves that no order is lost and no stock is sold twice: on a running system, and on one that is
 * broken on purpose.
 */
package org.tradepost.proof;
