#include <azoth/base/thrown.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/expand.hpp>

#include "compile_scope.hpp"
#include "text_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <new>

namespace azoth {
namespace {

/// What a default's function of the program's threw.
struct maker_failure {
    std::exception_ptr cause;
};

value made_by(const value_maker& maker) {
    try {
        return maker.make();
    } catch (...) {
        throw maker_failure{std::current_exception()};
    }
}

/// Rules are a plugin's, or belong to constructs of the program's own: nothing but Azoth's errors comes out of them. What a default's
/// function throws is the program's, and passes through.
void write_contained(compiler& out, const node& statement) {
    try {
        out << statement;
    } catch (const error&) {
        throw;
    } catch (const maker_failure& failure) {
        std::rethrow_exception(failure.cause);
    } catch (const std::bad_alloc&) {
        throw_error(errc::operational, fmt::format("no memory is left to write SQL for {}", out.server().dialect));
    } catch (...) {
        throw_error(errc::internal, fmt::format("a rule that writes SQL for {} threw what it should not: {}", out.server().dialect,
                                                detail::what_was_thrown()));
    }
}

}  // namespace

compiler::compiler(const rule_table& rules, const profile& server, compile_options options)
    : rules_{rules}, server_{server}, options_{options} {}
compiler::~compiler() = default;

compiled_statement compiler::run(const node& statement) {
    std::vector<const bind_node*> binds;
    collect_binds(statement, binds);
    for (std::size_t i = 0; i < binds.size(); ++i) binds_.emplace(binds[i], i);
    reserve_names(statement);
    write_contained(*this, statement);
    finish();
    return std::move(result_);
}

compiler& compiler::operator<<(const node& what) {
    const compile_rule rule = rules_.find(what.kind(), server_.dialect);
    if (!rule)
        throw_error(errc::not_supported, fmt::format("the {} dialect has no rule for the construct \"{}\": set one in its rule table",
                                                     server_.dialect, what.kind().name));
    note_writing(what);
    rule(*this, what);
    return *this;
}

void compiler::note_writing(const node& what) {
    const auto kind = what.kind().number;
    if (kind == node_numbers::insert || kind == node_numbers::update || kind == node_numbers::delete_) result_.writes = true;
    if (const auto* text = node_cast<text_node>(&what); text && !result_.writes)
        result_.writes = detail::may_write(*text, scopes_.empty() && hidden_ == 0 && buffer_.empty());
}

compiler& compiler::list(std::span<const node_ptr> nodes, std::string_view separator) {
    bool first = true;
    for (const auto& n : nodes) {
        if (!first) *this << separator;
        first = false;
        *this << *n;
    }
    return *this;
}

compiler& compiler::operand(const node& what, int outer) {
    if (precedence_of(what) >= outer) return *this << what;
    return *this << '(' << what << ')';
}

compiler& compiler::parameter(const bind_node& bind) {
    if (options_.inline_values) {
        if (!bind.name.empty()) return *this << ':' << bind.name;
        if (bind.maker) return literal(made_by(*bind.maker).view(), bind.type);
        return literal(bind.content.view(), bind.type);
    }
    cuts_.push_back(buffer_.size());
    parameter_slot slot;
    slot.maker = bind.maker;
    if (!bind.maker) slot.bind = binds_.at(&bind);
    slot.type = bind.type;
    slot.stored = rules_.stored(bind.type);
    slot.counts_rows = std::find(row_counts_.begin(), row_counts_.end(), &bind) != row_counts_.end();
    result_.parameters.push_back(std::move(slot));
    return *this;
}

compiler& compiler::list_parameter(const bind_node& bind, bool negated) {
    if (!options_.inline_values) {
        *this << '(';
        parameter(bind);
        result_.parameters.back().is_list = true;
        result_.parameters.back().negated = negated;
        return *this << ')';
    }
    if (!bind.name.empty()) return *this << "(:" << bind.name << ')';
    if (bind.list.empty()) return *this << '(' << empty_list({std::string{}}, negated) << ')';
    *this << '(';
    for (std::size_t i = 0; i < bind.list.size(); ++i) {
        if (i != 0) *this << ", ";
        literal(bind.list[i].view(), bind.type);
    }
    return *this << ')';
}

compiler& compiler::text_list_parameter(const bind_node& bind) {
    const std::size_t start = buffer_.size();
    *this << "SELECT " << *make_node<cast_node>(node_ptr{make_node<const literal_node>(value{}, azoth::type{})}, bind.type)
          << rules_.lone_select << " WHERE 1 = 0";
    std::string none = buffer_.substr(start);
    if (options_.inline_values && bind.list.empty()) return *this;
    buffer_.resize(start);
    if (!options_.inline_values) {
        parameter(bind);
        result_.parameters.back().is_list = true;
        result_.parameters.back().empty = std::move(none);
        return *this;
    }
    for (std::size_t i = 0; i < bind.list.size(); ++i) {
        if (i != 0) *this << ", ";
        literal(bind.list[i].view(), bind.type);
    }
    return *this;
}

namespace {

const bind_node& list_of(const node_ptr& element) { return static_cast<const bind_node&>(*element); }

}  // namespace

compiler& compiler::tuple_list_parameter(const tuple_node& lists, bool negated, std::string_view before,
                                         void (*cast)(compiler&, const type&)) {
    *this << '(' << before;
    if (options_.inline_values) write_tuple_literals(lists, negated, cast);
    else add_tuple_parameters(lists, negated, cast);
    return *this << ')';
}

std::string compiler::cast_for(const type& t, void (*cast)(compiler&, const type&)) {
    if (!cast) return {};
    const std::size_t before = buffer_.size();
    cast(*this, t);
    return cut(before);
}

void compiler::add_tuple_parameters(const tuple_node& lists, bool negated, void (*cast)(compiler&, const type&)) {
    for (std::size_t i = 0; i < lists.elements.size(); ++i) {
        const bind_node& list = list_of(lists.elements[i]);
        parameter(list);
        parameter_slot& slot = result_.parameters.back();
        slot.is_list = true;
        slot.negated = negated;
        slot.width = i == 0 ? lists.elements.size() : 0;
        slot.cast = cast_for(list.type, cast);
    }
}

void compiler::write_tuple_literals(const tuple_node& lists, bool negated, void (*cast)(compiler&, const type&)) {
    std::vector<std::string> casts;
    for (const auto& e : lists.elements) casts.push_back(cast_for(list_of(e).type, cast));
    const std::size_t rows = list_of(lists.elements.front()).list.size();
    if (rows == 0) *this << empty_list(casts, negated);
    for (std::size_t row = 0; row < rows; ++row) {
        *this << (row == 0 ? "(" : ", (");
        for (std::size_t i = 0; i < casts.size(); ++i) {
            const bind_node& list = list_of(lists.elements[i]);
            if (i != 0) *this << ", ";
            literal(list.list[row].view(), list.type);
            if (row == 0 && list.list[row].is_null()) *this << casts[i];
        }
        *this << ')';
    }
}

compiler& compiler::literal(const cell& value, const type& of) {
    rules_.literal(*this, value, of);
    return *this;
}

compiler& compiler::type_name(const type& t) {
    if (const auto own = t.native_name(server_.dialect, rules_.family); !own.empty()) return *this << own;
    const auto write = rules_.type(t.kind).name;
    if (!write) throw_error(errc::not_supported, fmt::format("the {} dialect has no column type for {}", server_.dialect, to_string(t)));
    write(*this, t);
    return *this;
}

void compiler::require(bool claimed, std::string_view construct, std::string_view remedy) const {
    if (claimed || options_.unchecked) return;
    throw_error(errc::not_supported, fmt::format("{} {} cannot do {}{}{}", server_.server, server_.server_version, construct,
                                                 remedy.empty() ? "" : ": ", remedy));
}

compiler::scope& compiler::current_scope() noexcept { return *scopes_.back(); }

void compiler::in_scope(const std::function<void()>& body) {
    scopes_.push_back(std::make_shared<scope>());
    body();
    scopes_.pop_back();
}

void compiler::isolated(const std::function<void()>& body) {
    std::vector<std::shared_ptr<scope>> around;
    std::swap(around, scopes_);
    ++hidden_;
    body();
    --hidden_;
    std::swap(around, scopes_);
}

bool compiler::is_offered_outside(const node& source) const {
    for (std::size_t i = 0; i + 1 < scopes_.size(); ++i)
        if (scopes_[i]->offers(&source)) return true;
    return false;
}

bool compiler::is_offered(const node& source) const {
    for (const auto& s : scopes_)
        if (s->offers(&source)) return true;
    return false;
}

const node* compiler::changed_table() const {
    for (const auto& s : scopes_)
        if (s->changed) return s->changed;
    return nullptr;
}

const insert_node* compiler::upsert_around() const {
    for (const auto& s : scopes_)
        if (s->upsert) return s->upsert;
    return nullptr;
}

void compiler::add_result_column(std::string name, type t) { result_.columns.push_back({std::move(name), std::move(t)}); }

void compiler::set_kind(statement_kind kind, bool returns_rows) {
    result_.kind = kind;
    result_.returns_rows = returns_rows;
    result_.writes = result_.writes || kind == statement_kind::ddl;
}

std::string compiler::cut(std::size_t from) {
    std::string taken = buffer_.substr(from);
    buffer_.resize(from);
    return taken;
}

void compiler::set_batch(batch_plan plan, std::vector<std::shared_ptr<const value_maker>> makers) {
    result_.batch = std::move(plan);
    result_.batch_makers = std::move(makers);
}

void compiler::with_literals(const std::function<void()>& body) {
    const bool before = std::exchange(options_.inline_values, true);
    body();
    options_.inline_values = before;
}

const window_node* compiler::window_of(const function_node& call) const noexcept {
    return window_ && window_->function.get() == &call ? window_ : nullptr;
}

void compiler::windowed(const window_node& window) {
    const window_node* around = window_;
    window_ = &window;
    *this << window.function;
    window_ = around;
}

void compiler::finish() {
    bool has_lists = false;
    std::size_t from = 0;
    for (std::size_t i = 0; i < cuts_.size(); ++i) {
        result_.pieces.emplace_back(buffer_.substr(from, cuts_[i] - from));
        from = cuts_[i];
        has_lists = has_lists || result_.parameters[i].is_list;
    }
    result_.pieces.emplace_back(buffer_.substr(from));
    if (has_lists) return;
    for (std::size_t i = 0; i < result_.pieces.size(); ++i) {
        if (i != 0) result_.sql += rules_.placeholder == placeholders::question_mark ? std::string{"?"} : fmt::format("${}", i);
        result_.sql += result_.pieces[i];
    }
}

std::string to_sql(const node& statement, const rule_table& rules, const profile& server) {
    return compiler{rules, server, {.unchecked = true, .inline_values = true}}.run(statement).sql;
}

}  // namespace azoth
