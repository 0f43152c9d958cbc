/** The shop as one Spring Boot application on one database, for comparison with Tradepost. */
package org.tradepost.peer;
