/** The public OpenAPI document, merged from the API descriptions of all services. */
package org.tradepost.gateway.openapi;
