/**
 * Checks with SQL in the databases of a running system that the invariants of orders and stock
 * hold.
 */
package org.tradepost.proof.audit;
