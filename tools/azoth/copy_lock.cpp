#include "copy_lock.hpp"

#include "inspect.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace azoth::command {
namespace {

/// Whether the file has not been taken away, by a copy that ended, between opening and locking.
bool is_still_there(const std::string& file, int descriptor) {
    struct stat named {};
    struct stat held {};
    return ::stat(file.c_str(), &named) == 0 && ::fstat(descriptor, &held) == 0 && named.st_ino == held.st_ino &&
           named.st_dev == held.st_dev;
}

}  // namespace

copy_lock::copy_lock(const engine& target, const std::string& family, std::string name) : name_{std::move(name)} {
    if (family == "postgresql")
        lock_server(
            target,
            "SELECT CASE WHEN pg_try_advisory_lock(hashtext('azoth copy'), hashtext(coalesce(current_schema(), ''))) THEN 1 ELSE 0 END");
    else if (family == "mysql")
        lock_server(target, "SELECT GET_LOCK(CONCAT('azoth copy ', MD5(DATABASE())), 0)");  // of 64 characters at most
    else if (family == "sqlite") lock_file(target);
}

copy_lock::~copy_lock() {
    if (descriptor_ < 0) return;
    ::unlink(file_.c_str());
    ::close(descriptor_);
}

void copy_lock::refuse() const {
    throw std::runtime_error{fmt::format("a copy into {} is running: let it end, or stop it and give its command again", name_)};
}

void copy_lock::lock_server(const engine& target, const std::string& query) {
    connection_.emplace(target.connect("azoth copy"));
    const auto has_it = connection_->execute(text(query)).scalar<std::int64_t>();
    connection_->commit();  // the lock is the session's, and no transaction stays open
    if (has_it != 1) refuse();
}

void copy_lock::lock_file(const engine& target) {
    const std::string database = file_of(target.url());
    if (database.empty()) return;
    file_ = std::filesystem::weakly_canonical(database).string() + "-azoth-copy";
    while (true) {
        const int opened = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (opened < 0) throw std::system_error{errno, std::generic_category(), file_};
        if (::flock(opened, LOCK_EX | LOCK_NB) != 0) {
            ::close(opened);
            refuse();
        }
        if (is_still_there(file_, opened)) {
            descriptor_ = opened;
            return;
        }
        ::close(opened);
    }
}

}  // namespace azoth::command
