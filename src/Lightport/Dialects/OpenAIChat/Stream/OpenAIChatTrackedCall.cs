namespace Lightport.Dialects.OpenAIChat;

/// <summary>One call of a streamed answer.</summary>
/// <param name="index">Its place among the calls of its choice.</param>
/// <param name="providerIndex">The index that the provider gave it.</param>
internal sealed class OpenAIChatTrackedCall(int index, int? providerIndex)
{
    public int Index { get; } = index;

    public int? ProviderIndex { get; } = providerIndex;

    public string? ProviderId { get; set; }

    /// <summary>Its start has been told.</summary>
    public bool Started { get; set; }

    /// <summary>Some text of its arguments has been told.</summary>
    public bool HasArguments { get; set; }

    /// <summary>Arguments that came before the name did.</summary>
    public string Held { get; set; } = "";
}
