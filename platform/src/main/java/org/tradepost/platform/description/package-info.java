/**
 * The API description of a service: its operations, their parameters and the checks of requests.
 */
package org.tradepost.platform.description;
