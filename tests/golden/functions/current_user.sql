SELECT current_user() IS NOT NULL, current_user() = session_user(), user() = current_user();
SELECT current_user(1);
