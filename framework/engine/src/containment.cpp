#include "containment.hpp"

#include <azoth/base/thrown.hpp>

#include <fmt/format.h>

#include <new>

namespace azoth::detail {

std::string driver_name(const dialect& of) noexcept {
    try {
        return of.info().driver;
    } catch (...) {
        return "?";
    }
}

error_class verdict_of(const dialect& of, const native_error& e) noexcept {
    try {
        return of.classify(e);
    } catch (...) {
        return {};
    }
}

std::string fit_to_show(bool hides_values, errc code, const std::string& message, const std::string& constraint) {
    const bool is_about_values =
        (code >= errc::value_range && code <= errc::data) || (code >= errc::integrity && code <= errc::check_violation);
    if (!hides_values || !is_about_values) return message;
    return fmt::format("{}the database's message is hidden, since it may repeat values",
                       constraint.empty() ? "" : constraint + " is violated; ");
}

namespace {

[[noreturn]] void throw_classified(const dialect& of, const native_error& e, error_details details, bool hides_values) {
    const error_class verdict = verdict_of(of, e);
    details.sqlstate = verdict.sqlstate.empty() ? e.sqlstate() : verdict.sqlstate;
    details.constraint = verdict.constraint.empty() ? e.constraint() : verdict.constraint;
    details.native_code = e.code();
    details.retryable = verdict.retryable;
    details.disconnect = verdict.disconnect;
    const std::string message = fit_to_show(hides_values, verdict.code, e.message(), details.constraint);
    throw_error(verdict.code, verdict.remedy.empty() ? message : message + ": " + verdict.remedy, std::move(details));
}

}  // namespace

void rethrow_contained(const dialect& of, error_details details, bool hides_values) {
    try {
        throw;
    } catch (const error&) {
        throw;
    } catch (const native_error& e) {
        throw_classified(of, e, std::move(details), hides_values);
    } catch (const std::bad_alloc&) {
        throw_error(errc::operational, fmt::format("the driver {} ran out of memory", driver_name(of)), std::move(details));
    } catch (...) {
        throw_error(errc::internal, fmt::format("the driver {} threw what it should not: {}", driver_name(of), what_was_thrown()),
                    std::move(details));
    }
}

const rule_table& rules_of(const dialect& of) {
    return contained(of, [&]() -> const rule_table& { return of.rules(); });
}

void throw_misbehaviour(std::string_view driver, std::string_view what) {
    throw_error(errc::internal, fmt::format("the driver {} breaks its contract: {}", driver, what));
}

}  // namespace azoth::detail
