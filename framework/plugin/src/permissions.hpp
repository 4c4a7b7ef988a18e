#pragma once

#include <filesystem>
#include <string>

#include <sys/types.h>

namespace azoth::detail {

/// Who runs the program, as far as files care.
struct account {
    uid_t user;
    bool has_private_group;  ///< the primary group is the user's alone
    gid_t group;             ///< meaningless without
};
/// The effective user.
account current_account();

/// Makes sure that nobody but the user, root and the owners can put another file in this one's place: neither the file nor a folder above
/// it, on any symbolic link's way too, may be writable by others. Sticky folders pass where the entry beneath belongs to the user or root;
/// group-write passes for the user's own private group. The path is absolute. Throws refusal (plugin-permissions; plugin-file where there
/// is no such file).
void require_private(const std::filesystem::path& file, const account& who);

}  // namespace azoth::detail
