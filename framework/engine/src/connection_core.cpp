#include "connection_core.hpp"

#include "open_result.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::detail {

namespace {

profile profile_of(const driver_connection& on) {
    profile server;
    on.server_profile(server);
    return server;
}

}  // namespace

connection_core::connection_core(engine_core& of, driver_connection& on)
    : engine{&of},
      driver{&on},
      server{&of.intern(profile_of(on))},
      prepared{of.options.prepared_cache, server->server.can.cheap_prepare},
      isolation{of.options.isolation},
      spares_{std::make_shared<spare_results>()} {}

connection_core::~connection_core() {
    if (open) open->close();
    drop_spare_results();
}

void connection_core::autobegin() {
    if (in_transaction || isolation == isolation_level::autocommit) return;
    begin({});
}

void connection_core::free_connection() {
    if (is_inherited())
        throw_error(errc::closed,
                    "this process was forked off after the connection was opened, so it belongs to the parent: connect again");
    if (is_lost)
        throw_error(errc::operational,
                    "the database itself has rolled this transaction back after an error, so what it did is undone: call "
                    "rollback(), then run it again");
    if (open) open->drain();
}

void connection_core::push_parameter(const parameter_slot& slot, const cell& c) {
    parameters_.push_back(slot.stored == cell_tag::null || slot.stored == c.tag || c.is_null() ? c : convert(c, slot.stored, scratch_));
}

namespace {

/// The argument's value, in memory that outlives the call's temporaries.
cell find_argument(const bind_node& bind, std::span<const argument> args, arena& scratch) {
    for (const auto& a : args)
        if (a.name == bind.name) return scratch.copy(a.content.view());
    throw_error(
        errc::parameter,
        fmt::format("the statement needs a value for its parameter \"{0}\": give it, as in execute(statement, {{{{\"{0}\", value}}}})",
                    bind.name));
}

void refuse_strangers(const std::vector<const bind_node*>& binds, std::span<const argument> args) {
    for (const auto& a : args)
        if (std::none_of(binds.begin(), binds.end(), [&](const bind_node* b) { return b->name == a.name; }))
            throw_error(errc::parameter, fmt::format("the statement has no parameter \"{}\"", a.name));
}

}  // namespace

void connection_core::bind(const node_ptr& statement, std::span<const argument> args) {
    engine->compile(statement, *server, current_);
    guarded(current_.compiled->sql, {}, [&] { push_parameters(args); });  // a value's conversion may fail
}

void connection_core::push_parameters(std::span<const argument> args) {
    const compiled_statement& c = *current_.compiled;
    if (!args.empty()) refuse_strangers(current_.binds, args);
    if (c.sql.empty()) {
        expanded_.clear();
        expanded_sql_ = expand(c, current_.binds, engine->sql->rules().placeholder, server->server.can.max_parameters, expanded_);
        for (const auto& p : expanded_)
            push_parameter(*p.slot, p.bind->name.empty() ? p.content->view() : find_argument(*p.bind, args, scratch_));
        return;
    }
    for (const parameter_slot& slot : c.parameters) {
        const bind_node& bind = *current_.binds[slot.bind];
        push_parameter(slot, bind.name.empty() ? bind.content.view() : find_argument(bind, args, scratch_));
    }
}

execute_options connection_core::driver_options(const execution_options& options) const {
    execute_options o;
    o.until = options.until;
    o.stop = options.stop;
    if (!o.until.is_set() && engine->options.statement_timeout.count() > 0) o.until = deadline::after(engine->options.statement_timeout);
    return o;
}

void connection_core::execute(open_result& to, std::string_view sql, const execute_options& options) {
    // The SQL of a statement with lists differs from run to run: only its text says which one it is.
    to.entry = prepared.find(*driver, sql, current_.compiled && !current_.compiled->sql.empty() ? current_.compiled : nullptr);
    if (!to.entry) {
        to.own_cursor = driver->execute(sql, parameters_, options);
        to.rows = to.own_cursor.get();
        return;
    }
    to.rows = &to.entry->handle->execute(parameters_, options);
    to.entry->busy = true;
}

void connection_core::note_affected(open_result& to) {
    to.affected = to.rows->affected_rows();
    to.last_id = to.rows->last_insert_id();
}

void connection_core::start(open_result& to, std::string_view sql, const execution_options& options) {
    to.core = this;
    is_fresh = false;
    const auto began = tell_before(sql, parameters_);
    guarded(sql, parameters_, [&] {
        const execute_options limits = driver_options(options);
        execute(to, sql, limits);
        to.until = limits.until;
        to.stop = limits.stop;
        to.width = to.rows->columns().size();
        if (to.width == 0) note_affected(to);
    });
    const bool may_have_ended = !current_.compiled || current_.compiled->touches_session;
    if (to.width == 0) to.finish();
    if (may_have_ended) note_ended_transaction(sql);
    tell_after(sql, began, to.affected);
    if (to.width == 0) return;
    to.has_columns = true;
    if (!to.compiled || to.compiled->columns.empty() || to.compiled->kind == statement_kind::text)
        to.load_names();  // only the cursor knows them, and only while it is open
    to.block.resize(to.width * open_result::block_rows);
    open = &to;
}

std::unique_ptr<open_result> connection_core::spare_result() {
    if (!spares_->kept.empty()) {
        auto result = std::move(spares_->kept.back());
        spares_->kept.pop_back();
        return result;
    }
    auto result = std::make_unique<open_result>();
    result->home = spares_;
    return result;
}

void connection_core::drop_spare_results() noexcept {
    spares_->kept.clear();  // they point home
    if (spares_.use_count() == 1) return;
    // A result that lives on never meets the next loan's thread.
    spares_->is_closed = true;
    spares_ = std::make_shared<spare_results>();
}

std::unique_ptr<open_result> connection_core::run(node_ptr statement, std::span<const argument> args, const execution_options& options) {
    free_connection();
    parameters_.clear();
    scratch_.clear();
    bind(statement, args);
    autobegin();
    auto result = spare_result();
    result->statement = std::move(statement);
    if (result->compiled != current_.compiled) result->compiled = current_.compiled;
    if (current_.compiled->touches_session && pooled) pooled->dirty = true;
    start(*result, running_sql(), options);
    return result;
}

std::string_view connection_core::running_sql() const noexcept {
    if (!current_.compiled) return {};
    return current_.compiled->sql.empty() ? expanded_sql_ : current_.compiled->sql;
}

std::int64_t connection_core::run_sql(std::string_view sql, std::span<const cell> parameters, row_sink* rows) {
    free_connection();
    autobegin();
    parameters_.assign(parameters.begin(), parameters.end());
    current_ = {};
    open_result result;
    start(result, sql, {});
    while (result.rows && result.next())
        if (rows) rows->row(result.current);
    return result.affected;
}

}  // namespace azoth::detail
