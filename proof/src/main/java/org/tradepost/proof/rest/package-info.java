/** A client of the REST API, for everything that uses Tradepost from outside. */
package org.tradepost.proof.rest;
