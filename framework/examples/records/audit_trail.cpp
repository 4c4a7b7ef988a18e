#include "audit_trail.hpp"

namespace az = azoth;

namespace {

std::string changes(const az::ptr<Item>& item, const orm::session& session) {
    std::string text;
    for (const auto& change : session.changes_of(item)) {
        text += text.empty() ? "" : ", ";
        text += change.column + " " + az::describe(change.before.view()) + " -> " + az::describe(change.now.view());
    }
    return text;
}

/// While a flush writes objects, more rows go through its connection.
void note(orm::session& session, const az::ptr<Item>& about, const std::string& who, const std::string& what) {
    (void)session.connection().execute(az::insert<Entry>().values(Entry{.who = who, .what = what, .item_id = about->id}));
}

}  // namespace

void keep_trail(orm::session_events& events, const std::string& who) {
    events.after_insert<Item>([who](const az::ptr<Item>& item, orm::session& session) { note(session, item, who, "made " + item->name); })
        .after_update<Item>([who](const az::ptr<Item>& item, orm::session& session) {
            note(session, item, who, "changed " + item->name + ": " + changes(item, session));
        })
        .after_delete<Item>([who](const az::ptr<Item>& item, orm::session& session) { note(session, item, who, "deleted " + item->name); });
}
