package dev.oriel.admin.web.openapi;

/**
 * Where the HTTP interface is, and how its callers sign in.
 *
 * @param title what the interface is called
 * @param url where it is, without a slash at the end
 * @param sessionCookie the name of the cookie that holds the session
 * @param csrfHeader the name of the header that holds the CSRF token
 * @since 0.1.0
 */
public record ApiServer(String title, String url, String sessionCookie, String csrfHeader) {

}
