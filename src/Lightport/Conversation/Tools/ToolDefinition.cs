using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>A tool that the model may call.</summary>
public sealed record ToolDefinition(string Name)
{
    public ToolKind Kind { get; init; } = ToolKind.Function;

    public string? Description { get; init; }

    /// <summary>The arguments' JSON Schema, whole, as the client gave it; null means no arguments.</summary>
    public JsonElement? Parameters { get; init; }

    public bool? Strict { get; init; }

    /// <summary>What a custom tool's input must match; null where it may be any text.</summary>
    public ToolGrammar? Grammar { get; init; }

    public CacheControl? Cache { get; init; }

    /// <summary>
    /// The group that the client declared it in and told apart from <see cref="NameInGroup"/>; null where in none.
    /// <see cref="Name"/> is then made of both.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>The name within <see cref="Group"/>, which calls of it are told to the client by.</summary>
    public string? NameInGroup { get; init; }

    /// <summary>Declared, but not to be shown to the model until a tool search has named it.</summary>
    public bool DeferLoading { get; init; }

    /// <summary>Finds deferred tools for the model; the provider runs it.</summary>
    public bool IsToolSearch { get; init; }

    /// <summary>
    /// Fields that only the client's dialect knows; <see cref="Native"/>, which holds them, is then set.
    /// </summary>
    public IReadOnlyList<Extension> Extensions { get; init; } = [];

    /// <summary>The whole definition in <see cref="NativeDialect"/>, for tools that a provider runs itself.</summary>
    public JsonElement? Native { get; init; }

    public string? NativeDialect { get; init; }
}

/// <summary>What a tool is called with, and who runs it.</summary>
public enum ToolKind
{
    /// <summary>Called with a JSON object; the client runs it.</summary>
    Function,

    /// <summary>Called with free text, perhaps under a grammar; the client runs it.</summary>
    Custom,

    /// <summary>Run by the provider (web search, code execution); only its own dialect can declare it.</summary>
    Server,
}
