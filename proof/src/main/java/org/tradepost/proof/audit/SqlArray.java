package org.tradepost.proof.audit;

import java.util.List;

/** Many values as one parameter; the type is PostgreSQL's name for that of the elements. */
record SqlArray(String type, List<?> elements) {}
