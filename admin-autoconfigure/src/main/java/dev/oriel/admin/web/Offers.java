package dev.oriel.admin.web;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The representations that are not offered everywhere.
 *
 * @param plans whether plans are shown
 * @param postGis tells the schema that PostGIS is installed in, or {@code null} where it
 * is not
 * @param workbooks whether rows can leave as a workbook
 */
record Offers(boolean plans, Supplier<@Nullable String> postGis, boolean workbooks) {

	Offers(boolean plans, Supplier<@Nullable String> postGis) {
		this(plans, postGis, false);
	}

	Offers withWorkbooks() {
		return new Offers(this.plans, this.postGis, true);
	}

	Offers withoutPlans() {
		return new Offers(false, this.postGis, false);
	}

}
