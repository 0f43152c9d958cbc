/** The AsyncAPI document of the event bus, made from the API descriptions of all services. */
package org.tradepost.gateway.asyncapi;
