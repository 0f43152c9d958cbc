/** Orders: how they are placed, shipped, delivered and cancelled, and their events. */
package org.tradepost.order;
