#include "text_statement.hpp"

#include "changed_table.hpp"
#include "literal.hpp"
#include "sql_words.hpp"

#include "sql/classify.hpp"

namespace azoth::mysql::connector {
namespace {

constexpr std::size_t most_remembered = 512;

}  // namespace

/// The server tells the columns of a SELECT when it is prepared, those of RETURNING only when rows have been changed: for these it is asked
/// what their table has.
bool router::looks_for_float(std::string_view sql, const deadline& until) {
    session_->make_ready(until);
    const auto probe = select_of_returning(sql);
    if (!probe) return library_statement{session_, sql, until}.has_float();
    try {
        return library_statement{session_, *probe, until}.has_float();
    } catch (const native_error& e) {  // parameters, or no right to read: the safe way is the library's
        if (is_disconnect(e.code())) throw;
        return true;
    }
}

bool router::finds_float(std::string_view sql, const deadline& until) {
    const auto known = session_->has_floats.find(std::string{sql});
    if (known != session_->has_floats.end()) return known->second;
    bool found = false;
    try {
        found = looks_for_float(sql, until);
    } catch (const native_error& e) {
        if (!is_not_preparable(e.code())) throw;
    }
    if (session_->has_floats.size() >= most_remembered) session_->has_floats.clear();
    session_->has_floats.emplace(sql, found);
    return found;
}

cursor& routed_statement::execute(std::span<const cell> parameters, const execute_options& options) {
    if (!prepared_ || generation_ != session_->generation()) prepare(options);
    return prepared_->execute(parameters, options);
}

void routed_statement::prepare(const execute_options& options) {
    prepared_.reset();
    const routes route = router_->route_of(sql_, options.until);
    if (route == routes::library) {
        session_->make_ready(options.until);
        prepared_ = std::make_unique<library_statement>(session_, sql_, options.until);
    } else {
        prepared_ = std::make_unique<text_statement>(session_, sql_, options);
    }
    generation_ = session_->generation();
}

routes router::route_of(std::string_view sql, const deadline& until) {
    if (always_library_) return routes::library;
    return may_return_values(sql) && finds_float(sql, until) ? routes::library : routes::text;
}

std::unique_ptr<cursor> run_text_once(const std::shared_ptr<session>& on, std::string_view sql, std::span<const cell> parameters,
                                      const execute_options& options) {
    auto once = std::make_unique<text_cursor>(on);
    once->make_ready(options);
    std::string& text = on->text();
    if (parameters.empty()) {
        text = sql;
    } else {
        text = "EXECUTE IMMEDIATE ";
        append_text(text, sql);
        append_using(text, parameters);
    }
    once->start(sql, traits_of(sql), options);
    return once;
}

text_statement::text_statement(std::shared_ptr<session> on, std::string_view sql, const execute_options& options)
    : session_{std::move(on)}, sql_{sql}, generation_{session_->generation()}, traits_{traits_of(sql)}, cursor_{session_} {
    prepare(options);
}

text_statement::~text_statement() {
    cursor_.close();
    if (!name_.empty() && !session_->is_abandoned() && generation_ == session_->generation()) session_->give_name(std::move(name_));
}

void text_statement::prepare(const execute_options& options) {
    session_->make_ready(options.until);
    std::string name = session_->take_name();
    session_->text() = "PREPARE " + name + " FROM ";
    append_text(session_->text(), sql_);
    try {
        const session::running here{*session_, session_->bounded(options.until), options.stop, watch::manners::ask_first};
        (void)session_->send();
        name_ = std::move(name);
    } catch (const native_error& e) {
        session_->give_name(std::move(name));
        if (!is_not_preparable(e.code())) throw;
    }
}

cursor& text_statement::execute(std::span<const cell> parameters, const execute_options& options) {
    if (has_floats_ || !session_->takes(literal_size(parameters) + 2 * sql_.size())) return execute_through_library(parameters, options);
    cursor_.make_ready(options);
    write(parameters);
    try {
        cursor_.start(sql_, traits_, options);
    } catch (const not_supported_error&) {
        has_floats_ = true;
        throw;
    }
    return cursor_;
}

void text_statement::write(std::span<const cell> parameters) {
    std::string& text = session_->text();
    if (!name_.empty()) {
        text = "EXECUTE ";
        text += name_;
    } else if (parameters.empty()) {
        text = sql_;
    } else {
        text = "EXECUTE IMMEDIATE ";
        append_text(text, sql_);
    }
    append_using(text, parameters);
}

cursor& text_statement::execute_through_library(std::span<const cell> parameters, const execute_options& options) {
    if (!other_way_) {
        session_->make_ready(options.until);
        other_way_ = std::make_unique<library_statement>(session_, sql_, options.until);
    }
    return other_way_->execute(parameters, options);
}

}  // namespace azoth::mysql::connector
