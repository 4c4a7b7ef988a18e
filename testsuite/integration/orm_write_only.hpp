#pragma once

#include "orm_support.hpp"

/// Accounts with collections of each kind that are never loaded.
namespace write_only {

namespace az = azoth;
namespace orm = azoth::orm;

struct Entry;
struct Note;
struct Log;
struct Tag;
struct Account {
    std::int64_t id{};
    std::string name{};
    orm::write_only<Entry> entries{};  // go with it
    orm::write_only<Note> notes{};     // stay
    orm::write_only<Log> logs{};       // the database deletes them
    orm::write_only<Tag> tags{};
};
struct Receipt;
struct Entry {
    std::int64_t id{};
    std::int32_t amount{};
    std::int64_t account_id{};
    orm::one<Account> account{};
    orm::many<Receipt> receipts{};
};
struct Receipt {
    std::int64_t id{};
    std::int64_t entry_id{};
};
struct Note {
    std::int64_t id{};
    std::string text{};
    std::optional<std::int64_t> account_id{};
};
struct Log {
    std::int64_t id{};
    std::int64_t account_id{};
};
struct Tag {
    std::int64_t id{};
    std::string word{};
    orm::many<Account> accounts{};
};
struct AccountTag {
    std::int64_t account_id{};
    std::int64_t tag_id{};
};

}  // namespace write_only

template <>
struct azoth::mapping<write_only::Account> {
    static azoth::table_map<write_only::Account> map() {
        using namespace write_only;
        return az::table_map<Account>("wo_account")
            .column<&Account::id>(az::primary_key)
            .column<&Account::name>()
            .relation<&Account::entries>(orm::back_populates<&Entry::account>, orm::order_by<&Entry::amount>,
                                         orm::cascade_all_delete_orphan)
            .relation<&Account::notes>()
            .relation<&Account::logs>(orm::cascade_delete.passive())
            .relation<&Account::tags>(orm::via<&AccountTag::account_id, &AccountTag::tag_id>, orm::back_populates<&Tag::accounts>);
    }
};
template <>
struct azoth::mapping<write_only::Entry> {
    static azoth::table_map<write_only::Entry> map() {
        using namespace write_only;
        return az::table_map<Entry>("wo_entry")
            .column<&Entry::id>(az::primary_key)
            .column<&Entry::amount>()
            .column<&Entry::account_id>(az::references<&Account::id>)
            .relation<&Entry::account>()
            .relation<&Entry::receipts>(orm::cascade_delete);
    }
};
template <>
struct azoth::mapping<write_only::Receipt> {
    static azoth::table_map<write_only::Receipt> map() {
        using namespace write_only;
        return az::table_map<Receipt>("wo_receipt")
            .column<&Receipt::id>(az::primary_key)
            .column<&Receipt::entry_id>(az::references<&Entry::id>);
    }
};
template <>
struct azoth::mapping<write_only::Note> {
    static azoth::table_map<write_only::Note> map() {
        using namespace write_only;
        return az::table_map<Note>("wo_note")
            .column<&Note::id>(az::primary_key)
            .column<&Note::text>()
            .column<&Note::account_id>(az::references<&Account::id>);
    }
};
template <>
struct azoth::mapping<write_only::Log> {
    static azoth::table_map<write_only::Log> map() {
        using namespace write_only;
        return az::table_map<Log>("wo_log")
            .column<&Log::id>(az::primary_key)
            .column<&Log::account_id>(az::references<&Account::id>.on_delete(az::referential_action::cascade));
    }
};
template <>
struct azoth::mapping<write_only::Tag> {
    static azoth::table_map<write_only::Tag> map() {
        using namespace write_only;
        return az::table_map<Tag>("wo_tag").column<&Tag::id>(az::primary_key).column<&Tag::word>().relation<&Tag::accounts>();
    }
};
template <>
struct azoth::mapping<write_only::AccountTag> {
    static azoth::table_map<write_only::AccountTag> map() {
        using namespace write_only;
        return az::table_map<AccountTag>("wo_account_tag")
            .column<&AccountTag::account_id>(az::primary_key, az::references<&Account::id>)
            .column<&AccountTag::tag_id>(az::primary_key, az::references<&Tag::id>);
    }
};

namespace write_only {

template <class Test>
void each(Test&& test) {
    orm_tests::on_each_database<Account, Entry, Receipt, Note, Log, Tag, AccountTag>(std::forward<Test>(test));
}

/// Account 1 with entries of 1 to `entries`, a receipt of the first, two notes, a log, a tag; account 2 with an entry of 100 and a note.
inline void fill(const az::engine& engine, int entries = 3) {
    orm::session session{engine};
    auto ada = session.add(Account{.name = "Ada"});
    for (int i = 1; i <= entries; ++i) ada->entries.add(az::make<Entry>({.amount = i}));
    ada->notes.add_all(std::vector{az::make<Note>({.text = "one"}), az::make<Note>({.text = "two"})});
    ada->logs.add(az::make<Log>());
    ada->tags.add(az::make<Tag>({.word = "vip"}));
    session.flush();
    auto lin = session.add(Account{.name = "Lin"});
    lin->entries.add(az::make<Entry>({.amount = 100}));
    lin->notes.add(az::make<Note>({.text = "three"}));
    session.flush();
    const auto first = session.scalars(ada->entries.select()).all().front();
    first->receipts.push_back(az::make<Receipt>());
    session.commit();
}

template <class T>
std::int64_t rows_of(orm::session& in) {
    return in.scalar(az::select(az::func::count()).select_from(az::entity<T>));
}

}  // namespace write_only
