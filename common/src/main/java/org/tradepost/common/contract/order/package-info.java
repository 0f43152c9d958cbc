/** The operations of the order service. */
package org.tradepost.common.contract.order;
