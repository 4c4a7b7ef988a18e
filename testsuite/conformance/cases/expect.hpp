#pragma once

#include <azoth/conformance/context.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

/// What cases use to say what has to fail, when, and who meets whom.
namespace azoth::conformance {

/// What `work` throws. Fails the case where that is nothing. What is no E passes through, and so does a refusal that nobody asked for: the
/// harness has to see it.
template <class E, class F>
E thrown(F&& work) {
    try {
        (void)work();
    } catch (const E& e) {
        if constexpr (!std::is_same_v<E, not_supported_error>)
            if (e.code() == errc::not_supported) throw;
        return e;
    }
    FAIL("nothing was thrown");
    throw std::logic_error{"not reached"};
}

/// The error that `work` ends with, if any; a refusal passes through. For any thread: asserts nothing.
template <class F>
std::optional<error> failure_of(F&& work) {
    try {
        (void)work();
    } catch (const not_supported_error&) {
        throw;
    } catch (const error& e) {
        return e;
    }
    return std::nullopt;
}

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// A name as SQL of the program's own has to write it, where it is more than letters and digits of ASCII.
inline std::string quoted(context& on, std::string_view name) {
    const identifier_rules& rules = on.engine().dialect().rules().identifiers;
    return rules.open_quote + (rules.swaps_case ? swapped_case(name) : std::string{name}) + rules.close_quote;
}

/// Whether a text has a name as the program says it, or in capitals, as databases have it that keep names so.
inline bool contains_name(std::string_view text, std::string_view name) {
    return contains(text, name) || contains(text, swapped_case(name));
}

/// Where two threads wait for each other, but not for ever: one may be held up by what the other has locked.
class meeting {
public:
    /// Waits for the other one; whoever comes later, such as a second attempt, passes.
    void arrive(std::chrono::milliseconds patience = std::chrono::milliseconds{500}) {
        std::unique_lock lock{guard_};
        ++arrived_;
        changed_.notify_all();
        changed_.wait_for(lock, patience, [&] { return arrived_ >= 2; });
    }

private:
    std::mutex guard_{};
    std::condition_variable changed_{};
    std::size_t arrived_{};
};

/// How long things take.
class stopwatch {
public:
    [[nodiscard]] std::chrono::milliseconds elapsed() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began_);
    }

private:
    std::chrono::steady_clock::time_point began_{std::chrono::steady_clock::now()};
};

/// Ends the case as declined where the database lives in the one connection that opened it: a private one in memory.
inline void needs_more_connections(const context& on) {
    if (on.engine().pool().options().kind == pool_kind::shared) on.decline("the database lives in one connection: others do not see it");
}

inline bool is_embedded(const context& on) { return on.engine().dialect().info().is_embedded; }

/// Ends the case as declined where nothing stands between the program and its database that could fail.
inline void needs_a_server(const context& on) {
    if (is_embedded(on)) on.decline("an embedded database has no server");
}

/// An engine on the same database with other options.
inline engine engine_like(const context& on, engine_options options) {
    needs_more_connections(on);
    return on.engine_with(std::move(options));
}

/// An engine with one connection, which its users meet one after another.
inline engine engine_of_one(const context& on) {
    if (on.engine().pool().options().kind == pool_kind::shared) return on.engine();
    engine_options options;
    options.pool.size = 1;
    options.pool.overflow = 0;
    options.pool.timeout = std::chrono::seconds{5};
    return on.engine_with(std::move(options));
}

inline transaction_options at(isolation_level level) {
    transaction_options options;
    options.isolation = level;
    return options;
}

inline execution_options within(std::chrono::milliseconds span) {
    execution_options options;
    options.until = deadline::after(span);
    return options;
}

/// Runs SQL that is the same everywhere.
inline void run(connection& in, std::string_view sql) { (void)in.execute(text(sql)); }

}  // namespace azoth::conformance
