package dev.oriel.admin.web;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The representations that are not offered everywhere.
 *
 * @param plans whether plans are shown
 * @param postGis tells the schema that PostGIS is installed in, or {@code null} where it
 * is not
 */
record Offers(boolean plans, Supplier<@Nullable String> postGis) {

	Offers withoutPlans() {
		return new Offers(false, this.postGis);
	}

}
