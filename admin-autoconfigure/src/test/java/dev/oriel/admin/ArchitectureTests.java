package dev.oriel.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the packages may know of each other and of the outside.
 */
class ArchitectureTests {

	private static final String ROOT = "dev.oriel.admin";

	private static final JavaClasses PRODUCTION = ProductionCode.read();

	/** Each package, and the other packages of ours that it may use. */
	private static final Map<String, Set<String>> ARROWS = new LinkedHashMap<>();

	static {
		ARROWS.put("schema", Set.of());
		ARROWS.put("schema.postgres", Set.of("schema"));
		ARROWS.put("query", Set.of("schema"));
		ARROWS.put("sql", Set.of("schema", "query"));
		ARROWS.put("access", Set.of("schema", "query"));
		// Knows how long PostgreSQL's values may be, and nothing else; for all that read
		// JSON of them.
		ARROWS.put("json", Set.of());
		ARROWS.put("extension", Set.of("schema", "access", "json"));
		ARROWS.put("data", Set.of("schema", "query", "sql", "access", "extension", "json"));
		ARROWS.put("transfer", Set.of("schema", "query", "sql", "access", "data", "transfer.format", "json"));
		// Files of rows, and nothing of databases or of the web.
		ARROWS.put("transfer.format", Set.of("json"));
		ARROWS.put("change", Set.of("schema"));
		ARROWS.put("change.postgres", Set.of("change", "schema"));
		ARROWS.put("change.wal", Set.of("change", "change.postgres", "schema"));
		ARROWS.put("live", Set.of("schema", "query", "data", "access", "change"));
		ARROWS.put("stomp", Set.of("live", "access"));
		ARROWS.put("store", Set.of("schema", "access"));
		// The use cases of data take a query and a mode of sql, so those who call them
		// name both.
		ARROWS.put("web", Set.of("data", "store", "schema", "access", "query", "sql", "web.openapi", "web.ui",
				"transfer", "transfer.format"));
		// Describes what web answers, so web asks it and tells it what can be asked for.
		ARROWS.put("web.openapi", Set.of("schema", "access", "query"));
		ARROWS.put("web.ui", Set.of());
		// The Java API, in the root package: as thin as web, and for nobody but hosts.
		ARROWS.put("",
				Set.of("schema", "query", "sql", "access", "data", "live", "transfer", "transfer.format", "json"));
	}

	@Test
	void packagesUseOnlyWhatTheTableAllows() {
		ARROWS.forEach((name, allowed) -> {
			String[] forbidden = ARROWS.keySet()
				.stream()
				.filter((other) -> !other.equals(name) && !allowed.contains(other))
				.map(ArchitectureTests::qualified)
				.toArray(String[]::new);
			noClasses().that()
				.resideInAPackage(qualified(name))
				.should()
				.dependOnClassesThat(resideInAnyPackage(forbidden).or(resideInAPackage(qualified("autoconfigure"))))
				.check(PRODUCTION);
		});
	}

	@Test
	void everyPackageHasAPlaceInTheTable() {
		Set<String> packages = PRODUCTION.stream()
			.map((type) -> type.getPackageName().equals(ROOT) ? "" : type.getPackageName().substring(ROOT.length() + 1))
			.collect(Collectors.toSet());
		packages.remove("autoconfigure");
		assertThat(ARROWS.keySet()).containsExactlyInAnyOrderElementsOf(packages);
	}

	@Test
	void packagesHaveNoCycles() {
		slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(PRODUCTION);
	}

	@Test
	void onlyAutoconfigureKnowsBoot() {
		noClasses().that(not(resideInAPackage(qualified("autoconfigure"))))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot..")
			.check(PRODUCTION);
	}

	@Test
	void onlyWhatIsServedKnowsTheWeb() {
		noClasses().that(outside("web", "web.ui", "stomp", "autoconfigure"))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("jakarta..", "org.springframework.web..", "org.springframework.http..",
					"org.springframework.messaging..", "org.springframework.security..")
			.check(PRODUCTION);
	}

	@Test
	void onlyThePackagesForItKnowJdbc() {
		noClasses().that(outside("data", "store", "schema.postgres", "change.postgres", "change.wal", "autoconfigure"))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.postgresql..",
					"com.zaxxer..")
			.check(PRODUCTION);
	}

	@Test
	void coreKnowsNoSpringBeans() {
		noClasses().that()
			.resideInAnyPackage(qualified("schema"), qualified("query"), qualified("sql"), qualified("access"))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.context..", "org.springframework.beans..", "tools.jackson..")
			.check(PRODUCTION);
	}

	@Test
	void everyPackageIsNullMarked() {
		Set<String> unmarked = PRODUCTION.stream()
			.map(JavaClass::getPackage)
			.filter((source) -> !source.isAnnotatedWith(NullMarked.class))
			.map((source) -> source.getName())
			.collect(Collectors.toSet());
		assertThat(unmarked).isEmpty();
	}

	@Test
	void autoConfigurationsShowOnlyTheirName() {
		ArchCondition<JavaClass> hideMembers = condition("have no public member", (type) -> {
			List<String> problems = new ArrayList<>();
			type.getConstructors()
				.stream()
				.filter((constructor) -> constructor.getModifiers().contains(JavaModifier.PRIVATE))
				.forEach((constructor) -> problems.add(constructor.getFullName() + " is private"));
			type.getMembers()
				.stream()
				.filter((member) -> member.getModifiers().contains(JavaModifier.PUBLIC)
						|| member.getModifiers().contains(JavaModifier.PROTECTED))
				.forEach((member) -> problems.add(member.getFullName() + " is public"));
			return problems;
		});
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.haveSimpleNameEndingWith("AutoConfiguration")
			.andShould(hideMembers)
			.check(PRODUCTION);
	}

	@Test
	void beanMethodsAskForClassesOnTheirClass() {
		methods().that()
			.areAnnotatedWith(Bean.class)
			.should()
			.notBeAnnotatedWith(ConditionalOnClass.class)
			.andShould()
			.notBePublic()
			.check(PRODUCTION);
	}

	@Test
	void missingBeanConditionsDoNotRepeatTheReturnType() {
		ArchCondition<JavaMethod> notRepeatTheReturnType = new ArchCondition<>("not repeat the return type") {

			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				Class<?>[] types = method.getAnnotationOfType(ConditionalOnMissingBean.class).value();
				if (types.length == 1 && method.getRawReturnType().isEquivalentTo(types[0])) {
					events.add(SimpleConditionEvent.violated(method, method.getFullName()));
				}
			}

		};
		methods().that()
			.areAnnotatedWith(ConditionalOnMissingBean.class)
			.should(notRepeatTheReturnType)
			.check(PRODUCTION);
	}

	@Test
	void nothingIsScannedOrSwitchedOnForTheHost() {
		classes()
			.should(condition("switch nothing on for the host",
					(type) -> type.getAnnotations()
						.stream()
						.map((annotation) -> annotation.getRawType().getSimpleName())
						.filter((name) -> name.endsWith("Scan")
								|| (name.startsWith("Enable") && !name.equals("EnableConfigurationProperties")))
						.toList()))
			.check(PRODUCTION);
		noClasses().should()
			.beMetaAnnotatedWith(Component.class)
			.because("beans are made by methods, so that scanning neither finds nor misses them")
			.check(PRODUCTION.that(not(annotatedAsAutoConfiguration())));
	}

	@Test
	void casesOfLettersDoNotDependOnTheMachine() {
		noClasses().should()
			.callMethod(String.class, "toLowerCase")
			.orShould()
			.callMethod(String.class, "toUpperCase")
			.check(PRODUCTION);
	}

	@Test
	void listsFromStreamsAreUnmodifiable() {
		noClasses().should().callMethod(Collectors.class, "toList").check(PRODUCTION);
	}

	@Test
	void namesSayWhatATypeIs() {
		noClasses().should()
			.haveNameMatching(".*(Utils?|Helpers?|Managers?|Impl|Misc|Common)(\\$.*)?")
			.check(PRODUCTION);
	}

	private static String qualified(String name) {
		return name.isEmpty() ? ROOT : ROOT + "." + name;
	}

	private static DescribedPredicate<JavaClass> outside(String... packages) {
		List<String> names = List.of(packages).stream().map(ArchitectureTests::qualified).toList();
		return not(resideInAnyPackage(names.toArray(String[]::new)));
	}

	private static DescribedPredicate<JavaClass> annotatedAsAutoConfiguration() {
		return DescribedPredicate.describe("auto-configurations",
				(type) -> type.isAnnotatedWith(AutoConfiguration.class));
	}

	private static ArchCondition<JavaClass> condition(String description, Function<JavaClass, List<String>> problems) {
		return new ArchCondition<>(description) {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				problems.apply(type)
					.forEach((problem) -> events
						.add(SimpleConditionEvent.violated(type, type.getName() + ": " + problem)));
			}

		};
	}

}
