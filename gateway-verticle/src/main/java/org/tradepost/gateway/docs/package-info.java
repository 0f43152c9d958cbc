/** The documentation that the gateway serves: both API documents, Swagger UI and problem pages. */
package org.tradepost.gateway.docs;
