/**
 * Products and their prices: create, read, search, change and archive them.
 *
 * <p>{@code ProductListing} builds the query of one page of the list, {@code ListingRepository}
 * runs it within fixed limits. Each change of a product writes its event and its price in the same
 * statement.
 */
package org.tradepost.product.catalogue;
