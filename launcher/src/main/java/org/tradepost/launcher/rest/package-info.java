/** A client of the REST API, and the check that a started system answers. */
package org.tradepost.launcher.rest;
