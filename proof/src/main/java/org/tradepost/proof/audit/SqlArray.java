package org.tradepost.proof.audit;

import java.util.List;

/** Many values as one parameter, of a type that PostgreSQL knows by name. */
record SqlArray(String type, List<?> elements) {}
