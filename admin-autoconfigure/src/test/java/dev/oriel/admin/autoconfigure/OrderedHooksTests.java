package dev.oriel.admin.autoconfigure;

import java.util.List;

import dev.oriel.admin.extension.WriteHook;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OrderedHooks}.
 */
class OrderedHooksTests {

	@Test
	void hookOfAScopeIsFoundOnceAndNotMadeYet() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.getBeanFactory().registerScope("tenant", new SimpleThreadScope());
			context.register(Scoped.class);
			context.refresh();
			List<WriteHook> hooks = OrderedHooks.find(context.getBeanFactory());
			assertThat(hooks).containsExactly(context.getBean("hook", WriteHook.class));
			assertThat(Scoped.made).isZero();
		}
	}

	@Test
	void hookThatIsOnlyAPartOfAnotherIsNotFound() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Parts.class)) {
			assertThat(OrderedHooks.find(context.getBeanFactory()))
				.containsExactly(context.getBean("whole", WriteHook.class));
		}
	}

	@Test
	void hooksOfAParentAndThoseBehindProxiesKeepTheirOrder() {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext(Parent.class);
				AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
			child.setParent(parent);
			child.register(Child.class);
			child.refresh();
			assertThat(OrderedHooks.find(child.getBeanFactory())).containsExactly(
					child.getBean("first", WriteHook.class), parent.getBean("second", WriteHook.class),
					child.getBean("third", WriteHook.class));
		}
	}

	private static WriteHook proxied() {
		ProxyFactory proxy = new ProxyFactory(new Hook());
		proxy.setInterfaces(WriteHook.class);
		return (WriteHook) proxy.getProxy();
	}

	static final class Hook implements WriteHook {

	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		static int made;

		@Bean
		@Scope(scopeName = "tenant", proxyMode = ScopedProxyMode.INTERFACES)
		WriteHook hook() {
			made++;
			return new Hook();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Parts {

		@Bean(autowireCandidate = false)
		WriteHook part() {
			return new Hook();
		}

		@Bean
		WriteHook whole() {
			return new Hook();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Parent {

		@Bean
		@Order(2)
		WriteHook second() {
			return proxied();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Child {

		@Bean
		@Order(3)
		WriteHook third() {
			return proxied();
		}

		@Bean
		@Order(1)
		WriteHook first() {
			return proxied();
		}

	}

}
