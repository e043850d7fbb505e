namespace Lightport.Mcp;

/// <summary>How much is taken of what MCP servers say.</summary>
internal static class McpBounds
{
    /// <summary>In bytes: one answer of a server, with all that it says on the way.</summary>
    public const int LongestAnswer = 8 * 1024 * 1024;

    /// <summary>Values of one message but the first of each object and list: each costs many times its bytes.</summary>
    public const int MostValues = 100_000;

    /// <summary>So many requests of a server's own are answered while it answers; more end its answer.</summary>
    public const int MostServerRequests = 32;

    /// <summary>
    /// Of a program, for one question and in ten seconds; it is read no faster. One that says so many without reading
    /// what it is told is ended, as whatever it asks itself would wait to be answered.
    /// </summary>
    public const int MostMessages = 10_000;

    /// <summary>Pages of one list.</summary>
    public const int MostPages = 50;

    /// <summary>Tools of one server.</summary>
    public const int MostTools = 512;

    /// <summary>In characters; the protocol recommends 128.</summary>
    public const int LongestName = 128;

    /// <summary>Resources, templates or prompts of one server; those beyond it can be asked for all the same.</summary>
    public const int MostEntries = 512;

    /// <summary>In characters: a resource's address, or a template of such.</summary>
    public const int LongestAddress = 2048;

    /// <summary>In characters: all that a resource, a template or a prompt says of itself, as JSON.</summary>
    public const int LongestEntry = 16 * 1024;

    /// <summary>In characters: what a tool says of itself.</summary>
    public const int LongestDescription = 16 * 1024;

    /// <summary>In characters: one tool's schema as JSON.</summary>
    public const int LongestSchema = 64 * 1024;

    /// <summary>In characters: all that one list of a server says.</summary>
    public const int LongestList = 1024 * 1024;

    /// <summary>In characters: all text of one result.</summary>
    public const int LongestText = 256 * 1024;

    /// <summary>Of one result, with images and sounds; contents of a resource, messages of a prompt.</summary>
    public const int MostParts = 64;

    /// <summary>Of an argument; the protocol has no more.</summary>
    public const int MostCompletions = 100;

    /// <summary>In characters of base64: one image, sound or file.</summary>
    public const int LongestMedia = 5 * 1024 * 1024;

    /// <summary>In characters: what is told of a call's progress at once.</summary>
    public const int LongestProgress = 500;

    /// <summary>So deep may objects and lists of a message be nested; what is deeper is left out of it.</summary>
    public const int DeepestMessage = 60;

    /// <summary>
    /// So deep a schema: one that was cut with its message is deeper than this, as it begins in its fifth level.
    /// </summary>
    public const int DeepestSchema = 50;

    /// <summary>How long it may take until a server is connected, or has listed its tools.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long a program may take to start, as it may have to be downloaded first; no request waits so long.
    /// </summary>
    public static readonly TimeSpan StartTime = TimeSpan.FromMinutes(2);
}
