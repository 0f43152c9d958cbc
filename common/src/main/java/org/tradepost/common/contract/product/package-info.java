/** The operations of the product service. */
package org.tradepost.common.contract.product;
