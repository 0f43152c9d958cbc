/**
 * Lists and searches the catalogue, page by page.
 *
 * <p>{@code ProductPages} reads a page: {@code ProductListing} builds its query, and {@code
 * ListingRepository} runs it within fixed limits. {@code RelevantPages} searches in order of
 * relevance.
 */
package org.tradepost.product.listing;
