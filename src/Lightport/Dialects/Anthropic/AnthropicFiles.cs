namespace Lightport.Dialects.Anthropic;

/// <summary>
/// Where messages name files, and the containers that code runs in
/// (https://platform.claude.com/docs/en/build-with-claude/files).
/// </summary>
internal static class AnthropicFiles
{
    public static AccountFiles Named { get; } = new(["file_id", "container"], ["input", "input_schema", "metadata"]);
}
