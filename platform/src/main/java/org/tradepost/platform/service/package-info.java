/** How a service is built and run: its operations, its checks, its start and its stop. */
package org.tradepost.platform.service;
