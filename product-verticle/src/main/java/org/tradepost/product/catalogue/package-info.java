/**
 * Products and their prices: create, read, change and archive them.
 *
 * <p>Each change of a product writes its event and its price in the same statement.
 */
package org.tradepost.product.catalogue;
