using System.Buffers;

namespace Lightport.Dialects.Anthropic;

/// <summary>
/// Where messages name files, the containers that code runs in, and the skills that are loaded there
/// (https://platform.claude.com/docs/en/build-with-claude/files, /skills-guide).
/// </summary>
internal static class AnthropicFiles
{
    /// <summary>Anthropic's own skills are everybody's, and called by a word (<c>pptx</c>); no id is one.</summary>
    private static readonly SearchValues<char> WordLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz-");

    public static AccountFiles Named { get; } = new(
        ["file_id", "container", "skill_id"],
        ["input", "input_schema", "metadata"],
        isKept: id => id.AsSpan().ContainsAnyExcept(WordLetters));
}
