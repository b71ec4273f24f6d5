package dev.oriel.admin.stomp;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.Row;
import dev.oriel.admin.live.LiveEngine;
import dev.oriel.admin.live.Topics;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import dev.oriel.admin.testing.GivenChanges;
import dev.oriel.admin.testing.GivenRows;
import dev.oriel.admin.testing.GivenSchema;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * The endpoint on a real Tomcat, with rows that a test makes up.
 */
final class StompServer implements AutoCloseable {

	static final RelationName ITEM = new RelationName("public", "item");

	volatile List<Row> rows = List.of(row(1, ""));

	/** Who may go on. */
	volatile Predicate<String> signedIn = (user) -> true;

	final GivenChanges changes = new GivenChanges();

	final GivenSchema schema = new GivenSchema(new SchemaSnapshot("1", "test", List.of("public"),
			List.of(new Relation(1, ITEM, RelationKind.TABLE, null,
					List.of(new Column("id", 1, new DataType.Base(23, "integer", "int4", 'N'), "integer", false, null,
							Column.Identity.NONE, false, null, Privileges.ALL)),
					List.of(), List.of(), List.of(), null, null, Privileges.ALL))));

	final StompEndpoint endpoint;

	private final LiveEngine engine;

	private final Tomcat tomcat = new Tomcat();

	StompServer(StompSettings settings) throws Exception {
		this.engine = new LiveEngine(this.schema, new PrivilegeAccessPolicy(false), new Rows(), this.changes);
		this.endpoint = new StompEndpoint(settings, new Topics(this.engine, this.schema), (request) -> {
			String user = request.getHeaders().getFirst("X-User");
			return "nobody".equals(user) ? new HandshakeAuthenticator.Refused(HttpStatus.UNAUTHORIZED)
					: new HandshakeAuthenticator.Accepted(new Identity((user != null) ? user : "alice"));
		});
		this.engine.start();
		this.endpoint.start();
		startTomcat();
	}

	static StompSettings settings() {
		return new StompSettings(30, 5, 3, 64 * 1024, 20, Duration.ofSeconds(1), Duration.ofSeconds(2),
				Duration.ofSeconds(2));
	}

	static Row row(int id, String padding) {
		return new Row("{\"id\":" + id + ",\"padding\":\"" + padding + "\"}", List.of(Integer.toString(id)), null);
	}

	private void startTomcat() throws IOException, LifecycleException {
		this.tomcat.setBaseDir(Files.createTempDirectory("stomp").toString());
		this.tomcat.setPort(0);
		this.tomcat.getConnector();
		Context context = this.tomcat.addContext("", null);
		context.addServletContainerInitializer(new WsSci(), Set.of());
		Tomcat.addServlet(context, "live", new HttpServlet() {

			private static final long serialVersionUID = 1L;

			@Override
			protected void service(HttpServletRequest request, HttpServletResponse response)
					throws ServletException, IOException {
				StompServer.this.endpoint.requestHandler().handleRequest(request, response);
			}

		});
		context.addServletMappingDecoded("/admin/live", "live");
		this.tomcat.start();
	}

	int port() {
		return this.tomcat.getConnector().getLocalPort();
	}

	void change() {
		this.changes.tell(ChangeEvent.anything(ITEM));
	}

	@Override
	public void close() throws LifecycleException {
		this.endpoint.stop();
		this.engine.stop();
		this.tomcat.stop();
		this.tomcat.destroy();
	}

	private final class Identity implements SocketIdentity {

		private final String user;

		Identity(String user) {
			this.user = user;
		}

		@Override
		public Caller caller() {
			return new Caller(this.user, Set.of());
		}

		@Override
		public boolean acceptsConnect(UnaryOperator<@Nullable String> headers) {
			return "good".equals(headers.apply("X-CSRF-TOKEN"));
		}

		@Override
		public boolean isStillValid() {
			return StompServer.this.signedIn.test(this.user);
		}

	}

	private final class Rows extends GivenRows {

		@Override
		protected List<Row> rows(Caller caller, RelationName relation) {
			if (!relation.equals(ITEM)) {
				throw new ProblemException(new Problem(404, "PGRST205", "No " + relation, null, null));
			}
			return StompServer.this.rows;
		}

	}

}
