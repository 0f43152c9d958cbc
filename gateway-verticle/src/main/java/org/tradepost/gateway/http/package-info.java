/**
 * One HTTP request and its response: body, method, entity tags, CORS and problem responses (RFC
 * 9457).
 */
package org.tradepost.gateway.http;
