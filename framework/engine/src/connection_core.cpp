#include "connection_core.hpp"

#include "arguments.hpp"
#include "claims.hpp"
#include "containment.hpp"
#include "open_result.hpp"

#include <fmt/format.h>

namespace azoth::detail {

namespace {

profile profile_of(const driver_connection& on) {
    profile server;
    on.server_profile(server);
    require_consistent(server);
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

const execution_options& connection_core::enter(const execution_options& call) {
    tagged_sql_.clear();
    const execution_options* in_force = &call;
    if (has_defaults_) in_force = is_silent(call) ? &defaults : &(merged_ = merged(defaults, call));
    if (in_force != &defaults) check_options(*in_force);
    if (name_ != in_force->name) name_ = in_force->name;
    if (call.isolation != isolation_level::database_default && in_transaction && call.isolation != begun_with_.isolation)
        throw_error(errc::misuse,
                    fmt::format("the statement asks for the isolation level {}, but a transaction runs on its connection, and "
                                "a level is chosen when one begins: commit or roll back first",
                                isolation_name(call.isolation)));
    return *in_force;
}

void connection_core::autobegin(const execution_options& options) {
    const isolation_level level = options.isolation != isolation_level::database_default ? options.isolation : isolation;
    if (in_transaction || level == isolation_level::autocommit) return;
    begin({.isolation = options.isolation, .read_only = reads_only(options)});
}

void connection_core::set_options(execution_options options) {
    check_options(options);
    if (options.isolation != isolation_level::database_default && options.isolation != isolation) set_isolation(options.isolation);
    options.isolation = isolation_level::database_default;  // it is the connection's now, which set_isolation may change
    defaults = std::move(options);
    has_defaults_ = !is_silent(defaults);
}

const known_profile& connection_core::compiled_for(const execution_options& options) {
    if (options.schemas.empty()) return *server;
    if (!translated_ || translated_->schemas != options.schemas) translated_ = &engine->translated(*server, options.schemas);
    return *translated_;
}

void connection_core::refuse_writing(const execution_options& options, bool writes, std::string_view what) const {
    constexpr std::size_t most_shown = 60;
    if (!writes || !options.read_only.value_or(false)) return;
    throw_error(errc::read_only,
                fmt::format("the execution options allow reading only, and this statement writes, or may do so: {}{}",
                            what.substr(0, most_shown), what.size() > most_shown ? "..." : ""),
                {.sqlstate = "25006"});
}

void connection_core::tag(const execution_options& options, std::string_view sql) {
    if (options.tags.empty()) return;
    if (commented_ != options.tags) {
        comment_ = tag_comment(options.tags);
        commented_ = options.tags;
    }
    tagged_sql_ = sql;
    append_comment(tagged_sql_, comment_);
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
    // Some databases would take it for no limit at all.
    if (slot.counts_rows && c.tag == cell_tag::i64 && c.i64 < 0)
        throw_error(errc::value_range, fmt::format("a limit or an offset of {} rows: give 0 or more", c.i64));
    parameters_.push_back(slot.stored == cell_tag::null || slot.stored == c.tag || c.is_null() ? c : convert(c, slot.stored, scratch_));
}

value made_by(const value_maker& maker) {
    try {
        return maker.make();
    } catch (...) {
        throw default_failure{std::current_exception()};
    }
}

void connection_core::push_made(const parameter_slot& slot) {
    const value made = made_by(*slot.maker);
    push_parameter(slot, scratch_.copy(made.view()));
}

void connection_core::bind(const node_ptr& statement, std::span<const argument> args, const execution_options& options) {
    engine->compile(statement, compiled_for(options), current_);
    refuse_writing(options, current_.compiled->writes, current_.compiled->pieces.front());
    guarded(current_.compiled->sql, {}, [&] { push_parameters(args); });  // a value's conversion may fail
}

void connection_core::push_parameters(std::span<const argument> args) {
    const compiled_statement& c = *current_.compiled;
    if (!args.empty()) refuse_strangers(current_.binds, args);
    if (c.sql.empty()) {
        expanded_.clear();
        given_.clear();
        for (const bind_node* b : current_.binds)
            if (b->is_list && !b->name.empty()) given_.push_back({b, find_list(*b, args)});
        expanded_sql_ = expand(c, current_.binds, engine->sql->rules().placeholder, server->server.can.max_parameters, expanded_, given_);
        for (const auto& p : expanded_)
            if (!p.content) push_made(*p.slot);
            else
                push_parameter(*p.slot, p.bind->name.empty() ? p.content->view()
                                        : p.bind->is_list    ? scratch_.copy(p.content->view())
                                                             : find_argument(*p.bind, args, scratch_));
        return;
    }
    for (const parameter_slot& slot : c.parameters) {
        if (slot.maker) {
            push_made(slot);
            continue;
        }
        const bind_node& bind = *current_.binds[slot.bind];
        push_parameter(slot, bind.name.empty() ? bind.content.view() : find_argument(bind, args, scratch_));
    }
}

execute_options connection_core::driver_options(const execution_options& options) const {
    execute_options o;
    o.until = options.until;
    if (options.timeout.count() > 0)
        if (const auto end = deadline::after(options.timeout); end.at() < o.until.at()) o.until = end;
    o.stop = options.stop;
    if (!o.until.is_set() && engine->options.statement_timeout.count() > 0) o.until = deadline::after(engine->options.statement_timeout);
    return o;
}

/// The SQL of a statement with lists differs from run to run: only its text says which one it is.
connection_core::preparing connection_core::preparing_of_current() const noexcept {
    if (!tagged_sql_.empty()) return preparing::recurring;
    return current_.compiled && !current_.compiled->sql.empty() ? preparing::by_statement : preparing::by_text;
}

void connection_core::execute(open_result& to, std::string_view sql, preparing how, const execute_options& options) {
    if (how == preparing::never || (how == preparing::recurring && !prepared.comes_again(sql))) to.entry = nullptr;
    else to.entry = prepared.find(*driver, sql, how == preparing::by_statement ? current_.compiled : nullptr);
    if (!to.entry) {
        to.own_cursor = driver->execute(sql, parameters_, options);
        if (!to.own_cursor) throw_misbehaviour(server->server.driver, "execute() returned null");
        to.rows = to.own_cursor.get();
        return;
    }
    to.rows = &to.entry->handle->execute(parameters_, options);
    to.entry->busy = true;
}

void connection_core::note_affected(open_result& to) {
    to.affected = to.meaning_of(to.rows->affected_rows());
    to.last_id = to.rows->last_insert_id();
    to.take_generated_key();
}

void connection_core::start(open_result& to, std::string_view sql, preparing how, const execution_options& options) {
    to.core = this;
    is_fresh = false;
    const auto began = tell_before(sql, parameters_);
    guarded(sql, parameters_, [&] {
        const execute_options limits = driver_options(options);
        execute(to, sql, how, limits);
        to.until = limits.until;
        to.stop = limits.stop;
        to.take_width();
        if (to.returns_key_alone()) to.read_key_alone();
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
    to.block_rows = options.batch_size != 0 ? options.batch_size : open_result::usual_rows;
    to.block.resize(to.width * to.block_rows);
    to.streams = options.streaming.value_or(false);
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

std::unique_ptr<open_result> connection_core::run(node_ptr statement, std::span<const argument> args, const execution_options& call) {
    free_connection();
    const execution_options& options = enter(call);
    parameters_.clear();
    scratch_.clear();
    bind(statement, args, options);
    tag(options, running_sql());
    autobegin(options);
    auto result = spare_result();
    result->statement = std::move(statement);
    if (result->compiled != current_.compiled) result->compiled = current_.compiled;
    note_sent_key(result->key, 0);
    if (current_.compiled->touches_session && pooled) pooled->dirty = true;
    start(*result, running_sql(), preparing_of_current(), options);
    return result;
}

std::string_view connection_core::running_sql() const noexcept {
    if (!tagged_sql_.empty()) return tagged_sql_;
    if (!current_.compiled) return {};
    return current_.compiled->sql.empty() ? expanded_sql_ : current_.compiled->sql;
}

std::int64_t connection_core::run_sql(std::string_view sql, std::span<const cell> parameters, row_sink* rows) {
    free_connection();
    const execution_options unsaid;
    const execution_options& options = enter(unsaid);
    tag(options, sql);
    autobegin(options);
    parameters_.assign(parameters.begin(), parameters.end());
    current_ = {};
    open_result result;
    start(result, tagged_sql_.empty() ? sql : std::string_view{tagged_sql_},
          tagged_sql_.empty() ? preparing::by_text : preparing::recurring, options);
    while (result.rows && result.next())
        if (rows) rows->row(result.current);
    return result.affected;
}

}  // namespace azoth::detail
