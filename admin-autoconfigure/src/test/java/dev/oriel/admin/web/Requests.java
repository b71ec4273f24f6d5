package dev.oriel.admin.web;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.autoconfigure.HostApplication;

/**
 * Every route of the admin, and how to ask for it.
 *
 * @param method the method
 * @param path the path below the mount path
 * @param body the body, or nothing
 */
record Requests(String method, String path, String body) {

	/** Each route with each of its methods. */
	static final List<Requests> ALL = List.of(new Requests("GET", "", ""), new Requests("GET", "/", ""),
			new Requests("GET", "/t/public/item", ""), new Requests("GET", "/main-ABCDEFGH.js", ""),
			new Requests("GET", "/missing.js", ""), new Requests("POST", "/t/public/item", "{}"),
			new Requests("GET", "/api/session", ""), new Requests("GET", "/api/schema", ""),
			new Requests("GET", "/api/schema/public/item", ""), new Requests("GET", "/api/schema/public/none", ""),
			new Requests("GET", "/api/settings/public/item", ""),
			new Requests("PUT", "/api/settings/public/item", "{}"),
			new Requests("DELETE", "/api/settings/public/item", ""), new Requests("GET", "/api/live/public/item", ""),
			new Requests("GET", "/api/rest", ""), new Requests("GET", "/api/rest/", ""),
			new Requests("HEAD", "/api/rest/", ""), new Requests("POST", "/api/rest/", "{}"),
			new Requests("GET", "/api/rest/item", ""), new Requests("HEAD", "/api/rest/item", ""),
			new Requests("OPTIONS", "/api/rest/item", ""), new Requests("POST", "/api/rest/counter", "[]"),
			new Requests("PATCH", "/api/rest/item?id=eq.-1", "{\"note\":\"x\"}"),
			new Requests("PUT", "/api/rest/item?id=eq.-1", "{}"), new Requests("DELETE", "/api/rest/item?id=eq.-1", ""),
			new Requests("GET", "/api/rest/rpc/none", ""), new Requests("HEAD", "/api/rest/rpc/none", ""),
			new Requests("OPTIONS", "/api/rest/rpc/none", ""), new Requests("POST", "/api/rest/rpc/none", "{}"),
			new Requests("POST", "/api/import/item", "[]"), new Requests("GET", "/api/jobs/none", ""),
			new Requests("DELETE", "/api/jobs/none", ""), new Requests("GET", "/api/jobs/none/rejected", ""),
			new Requests("GET", "/api/nothing", ""), new Requests("POST", "/api/nothing", "{}"));

	HttpResponse<String> send(HostApplication host, String... headers) {
		List<String> all = new ArrayList<>(List.of("X-Requested-With", "XMLHttpRequest"));
		all.addAll(List.of(headers));
		if (!this.body.isEmpty()) {
			all.addAll(List.of("Content-Type", "application/json"));
		}
		return host.send(this.method, "/admin" + this.path, this.body, all.toArray(String[]::new));
	}

	@Override
	public String toString() {
		return this.method + " " + this.path;
	}

}
