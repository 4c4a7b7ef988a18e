#include "connection_core.hpp"
#include "containment.hpp"
#include "open_result.hpp"

#include <azoth/base/value.hpp>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace azoth::detail {
namespace {

[[noreturn]] void throw_with_statement(const error& e, error_details details, bool hides_values) {
    error_details all = e.details();
    if (all.statement.empty()) {  // else the driver said which one of several it is
        all.statement = std::move(details.statement);
        all.parameters = std::move(details.parameters);
    }
    const std::string message = fit_to_show(hides_values, e.code(), e.message(), all.constraint);
    throw_error(e.code(), message, std::move(all));
}

}  // namespace

std::string_view operation_of(std::string_view sql) noexcept {
    const auto begin = sql.find_first_not_of(" \t\r\n(");
    if (begin == std::string_view::npos) return {};
    return sql.substr(begin, sql.find_first_of(" \t\r\n(", begin) - begin);
}

/// Called inside a catch block.
void connection_core::fail(std::string_view sql, std::span<const cell> parameters) {
    error_details details;
    details.statement = sql;
    details.parameters = describe_parameters(parameters);
    try {
        try {
            throw;
        } catch (const default_failure& e) {
            std::rethrow_exception(e.cause);
        } catch (const error& e) {
            throw_with_statement(e, std::move(details), engine->options.hide_parameters);
        } catch (...) {
            rethrow_contained(*engine->sql, std::move(details), engine->options.hide_parameters);
        }
    } catch (const error& e) {
        note_lost_transaction(sql);
        if (e.is_disconnect() && pooled) pooled->invalid = pooled->disconnected = true;
        if (engine->events.is_heard())
            engine->events.tell(
                &event_handlers::failed,
                execution_event{.sql = sql, .operation = operation_of(sql), .server = &server->server, .failure = &e, .name = name_});
        throw;
    }
}

/// Some errors end a transaction behind our back (SQLite's full disk, ON CONFLICT ROLLBACK). What follows must not run as if it were part
/// of it. DDL that commits does so even where it fails then: nothing is lost, and a new transaction begins.
void connection_core::note_lost_transaction(std::string_view sql) noexcept {
    try {
        is_lost = in_transaction && !driver->in_transaction();
        if (!is_lost || !commits_by_itself(sql)) return;
        go_on_after_ddl();
        is_lost = false;
    } catch (...) {
        is_lost = in_transaction;
    }
}

std::string connection_core::describe_parameters(std::span<const cell> parameters) const {
    constexpr std::size_t most = 20;
    if (parameters.empty()) return {};
    if (engine->options.hide_parameters) return fmt::format("{} hidden", parameters.size());
    std::string text;
    for (std::size_t i = 0; i < parameters.size() && i < most; ++i) text += (i == 0 ? "" : ", ") + describe(parameters[i]);
    if (parameters.size() > most) text += fmt::format(" ... and {} more", parameters.size() - most);
    return text;
}

bool connection_core::is_watched() const noexcept {
    return engine->options.echo || engine->options.slow_query.count() > 0 || engine->events.is_heard();
}

std::chrono::steady_clock::time_point connection_core::tell_before(std::string_view sql, std::span<const cell> bound) {
    if (!is_watched()) return {};
    const std::string parameters = describe_parameters(bound);
    if (engine->options.echo && engine->options.log) {
        engine->options.log(log_level::info, sql);
        if (!parameters.empty()) engine->options.log(log_level::info, fmt::format("  [{}]", parameters));
    }
    engine->events.tell(
        &event_handlers::before_execute,
        execution_event{.sql = sql, .parameters = parameters, .operation = operation_of(sql), .server = &server->server, .name = name_});
    return std::chrono::steady_clock::now();
}

void connection_core::tell_after(std::string_view sql, std::chrono::steady_clock::time_point began, std::int64_t affected) {
    if (!is_watched()) return;
    const auto took = std::chrono::steady_clock::now() - began;
    const auto slow = engine->options.slow_query;
    if (slow.count() > 0 && took > slow && engine->options.log)
        engine->options.log(log_level::warning,
                            fmt::format("slow statement ({}): {}", std::chrono::duration_cast<std::chrono::milliseconds>(took), sql));
    engine->events.tell(&event_handlers::after_execute, execution_event{.sql = sql,
                                                                        .operation = operation_of(sql),
                                                                        .server = &server->server,
                                                                        .duration = took,
                                                                        .affected_rows = affected,
                                                                        .name = name_});
}

}  // namespace azoth::detail
