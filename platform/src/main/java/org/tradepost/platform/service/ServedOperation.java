package org.tradepost.platform.service;

/**
 * An operation as one service serves it.
 *
 * @param reader reads its requests
 * @param authorization decides who may use it
 * @param handler does the work
 */
record ServedOperation<Q, R>(
    RequestReader<Q> reader, Authorization authorization, OperationHandler<Q, R> handler) {}
