using System.Text;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// One turn of the model, put together again from the pieces that its client kept: words run on until another kind of
/// part begins or their signature has come.
/// </summary>
internal sealed class GoogleGeminiModelTurn
{
    private readonly List<ContentPart> _parts = [];
    private readonly StringBuilder _words = new();
    private bool _thinks;

    public List<Extension> Extensions { get; } = [];

    public void Add(ContentPart part)
    {
        switch (part)
        {
            case TextPart { Extensions.Count: 0 } text:
                AddText(text);
                break;
            case ReasoningPart { Extensions.Count: 0 } thought:
                Run(thought.Text, thinks: true);
                if (thought.State is { } state)
                {
                    EndRun(state);
                }

                break;
            default:
                EndRun(state: null);
                AddWhole(part);
                break;
        }
    }

    /// <summary>What the turn is made of.</summary>
    public IReadOnlyList<ContentPart> End()
    {
        EndRun(state: null);
        return _parts;
    }

    private void AddText(TextPart text)
    {
        if (IsOfThought(text.State))
        {
            EndRun(state: null);
            AddThoughtOf(text.State!);
            Run(text.Text, thinks: false);
            return;
        }

        Run(text.Text, thinks: false);
        if (text.State is { } state)
        {
            EndRun(state);
        }
    }

    private void AddWhole(ContentPart part)
    {
        if (IsOfThought(part.State))
        {
            AddThoughtOf(part.State!);
            part = part with { State = null };
        }

        _parts.Add(part);
    }

    /// <summary>
    /// Only Gemini signs words and calls. Another's state there is of thinking that was not shown, and came before.
    /// </summary>
    private static bool IsOfThought(OpaqueState? state) => state is { Format: not StateFormats.Gemini };

    private void AddThoughtOf(OpaqueState state) => _parts.Add(new ReasoningPart("") { State = state });

    private void Run(string words, bool thinks)
    {
        if (_thinks != thinks)
        {
            EndRun(state: null);
            _thinks = thinks;
        }

        _words.Append(words);
    }

    private void EndRun(OpaqueState? state)
    {
        if (_words.Length > 0 || state is not null)
        {
            string words = _words.ToString();
            _parts.Add(_thinks ? new ReasoningPart(words) { State = state } : new TextPart(words) { State = state });
            _words.Clear();
        }
    }
}
