using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>A turn as it goes on the wire: whose it is, and parts that can all be written.</summary>
internal sealed class GoogleGeminiTurn(bool isModel)
{
    private readonly List<ToolResultPart> _results = [];
    private readonly List<ContentPart> _others = [];

    public bool IsModel => isModel;

    /// <summary>Results first, as the API wants them right behind their calls.</summary>
    public IEnumerable<ContentPart> Parts => _results.Concat(_others);

    public void Add(ContentPart part)
    {
        if (part is ToolResultPart result)
        {
            _results.Add(result);
        }
        else
        {
            _others.Add(part);
        }
    }
}
