#include "permissions.hpp"

#include "refusal.hpp"

#include <fmt/format.h>

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <deque>
#include <string_view>
#include <system_error>
#include <vector>

namespace azoth::detail {
namespace {

namespace fs = std::filesystem;
constexpr int most_links = 40;  // as Linux counts them

struct stat facts_of(const fs::path& entry, bool behind_link = false) {
    struct stat facts {};
    if (::lstat(entry.c_str(), &facts) == 0) return facts;
    const int why = errno;
    std::string_view remedy;
    if (why == EACCES) remedy = ": give the user who runs the program the right to enter the folder (chmod a+x)";
    if (why == ENOENT && behind_link) remedy = ": a symbolic link leads there: install what it names, or remove the link";
    throw refusal{errc::plugin_file, fmt::format("{}: {}{}", entry.string(), std::generic_category().message(why), remedy)};
}

bool others_can_write(const struct stat& facts, const account& who) {
    if ((facts.st_mode & S_IWOTH) != 0) return true;
    return (facts.st_mode & S_IWGRP) != 0 && !(who.has_private_group && facts.st_gid == who.group);
}

std::string_view those_who_can(const struct stat& facts) { return (facts.st_mode & S_IWOTH) != 0 ? "everybody" : "its group"; }

void require_private_folder(const fs::path& folder, const struct stat& entry, const std::string& name, const account& who) {
    const struct stat facts = facts_of(folder);
    if (!others_can_write(facts, who)) return;
    const unsigned mode = facts.st_mode & 07777u;
    if ((facts.st_mode & S_ISVTX) == 0)
        throw refusal{errc::plugin_permissions,
                      fmt::format("{} can write the folder {} (mode {:04o}): take the right away (chmod go-w), or move the plugin",
                                  those_who_can(facts), folder.string(), mode)};
    if (entry.st_uid != who.user && entry.st_uid != 0)
        throw refusal{errc::plugin_permissions,
                      fmt::format("{} can write the folder {} (mode {:04o}), and {} in it belongs to the user {}, neither to "
                                  "user {} nor to root: move the plugin",
                                  those_who_can(facts), folder.string(), mode, name, entry.st_uid, who.user)};
}

void require_private_file(const fs::path& file, const struct stat& facts, const account& who) {
    if (!S_ISREG(facts.st_mode)) throw refusal{errc::plugin_file, fmt::format("{} is not a regular file", file.string())};
    if (facts.st_uid != who.user && facts.st_uid != 0)
        throw refusal{errc::plugin_permissions,
                      fmt::format("the file {} belongs to the user {}, neither to user {} nor to root: take it over (chown)", file.string(),
                                  facts.st_uid, who.user)};
    if (others_can_write(facts, who))
        throw refusal{errc::plugin_permissions, fmt::format("{} can write the file {} (mode {:04o}): take the right away (chmod go-w)",
                                                            those_who_can(facts), file.string(), facts.st_mode & 07777u)};
}

void put_first(std::deque<std::string>& steps, const fs::path& path) {
    std::vector<std::string> parts;
    for (const auto& part : path.relative_path())
        if (!part.empty() && part != ".") parts.push_back(part.string());
    steps.insert(steps.begin(), parts.begin(), parts.end());
}

/// getpwuid_r and getgrgid_r with a buffer that grows as they ask.
template <class Record, class Id>
const Record* look_up(int (*call)(Id, Record*, char*, std::size_t, Record**), Id id, Record& record, std::vector<char>& buffer) {
    Record* found = nullptr;
    buffer.resize(1024);
    while (call(id, &record, buffer.data(), buffer.size(), &found) == ERANGE && buffer.size() < (1u << 20))
        buffer.resize(buffer.size() * 2);
    return found;
}

}  // namespace

account current_account() {
    account who{::geteuid(), false, 0};
    passwd user_record{};
    group group_record{};
    std::vector<char> user_text;
    std::vector<char> group_text;
    const passwd* user = look_up(&::getpwuid_r, who.user, user_record, user_text);
    const group* own = user ? look_up(&::getgrgid_r, user->pw_gid, group_record, group_text) : nullptr;
    if (!own) return who;
    who.group = user->pw_gid;
    // The group of the user's own name, in which there is nobody else.
    who.has_private_group = std::string_view{own->gr_name} == user->pw_name;
    for (char** member = own->gr_mem; *member; ++member) who.has_private_group &= std::string_view{*member} == user->pw_name;
    return who;
}

void require_private(const fs::path& file, const account& who) {
    std::deque<std::string> steps;
    put_first(steps, file);
    fs::path folder = "/";
    int links = 0;
    while (!steps.empty()) {
        const std::string name = std::move(steps.front());
        steps.pop_front();
        if (name == "..") {
            folder = folder.parent_path();
            continue;
        }
        const fs::path entry = folder / name;
        const struct stat facts = facts_of(entry, links != 0);
        require_private_folder(folder, facts, name, who);
        if (S_ISLNK(facts.st_mode)) {
            if (++links > most_links) throw refusal{errc::plugin_file, fmt::format("{}: too many symbolic links", file.string())};
            std::error_code failed;
            const fs::path target = fs::read_symlink(entry, failed);
            if (failed) throw refusal{errc::plugin_file, fmt::format("{}: {}", entry.string(), failed.message())};
            put_first(steps, target);
            if (target.is_absolute()) folder = "/";
        } else if (steps.empty()) {
            require_private_file(entry, facts, who);
        } else {
            folder = entry;
        }
    }
}

}  // namespace azoth::detail
