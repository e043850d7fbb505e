using System.Text;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>One call of a streamed answer.</summary>
/// <param name="index">Its place among the calls of its choice.</param>
internal sealed class OpenAIChatTrackedCall(int index)
{
    private StringBuilder? _held;

    public int Index { get; } = index;

    public string? ProviderId { get; set; }

    /// <summary>Its start has been told.</summary>
    public bool Started { get; set; }

    /// <summary>Its place among the parts of its choice, once it has started.</summary>
    public int Part { get; set; }

    /// <summary>Some text of its arguments has been told.</summary>
    public bool HasArguments { get; set; }

    /// <summary>Keeps arguments that come before the name does.</summary>
    public void Hold(string arguments) => (_held ??= new StringBuilder()).Append(arguments);

    /// <summary>What was kept, in one piece; it is kept no longer.</summary>
    public string TakeHeld()
    {
        string held = _held?.ToString() ?? "";
        _held = null;
        return held;
    }
}
