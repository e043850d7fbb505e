using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>For whom a call is written, and what comes up while it is.</summary>
public sealed record CallContext
{
    /// <summary>The model's name as the provider knows it.</summary>
    public required string Model { get; init; }

    /// <summary>The provider's name in the configuration; null where nobody needs to know.</summary>
    public string? Account { get; init; }

    /// <summary>The model's name as JSON text.</summary>
    public ReadOnlyMemory<byte> ModelJson { get; init; }

    public TargetTraits Traits { get; init; } = TargetTraits.Default;

    /// <summary>The provider keeps the dialect's laws to the letter, so that its answers pass untouched.</summary>
    public bool Exact { get; init; }

    /// <summary>The answer is to come in pieces.</summary>
    public bool Stream { get; init; }

    /// <summary>Takes what cannot be carried.</summary>
    public required LossLedger Losses { get; init; }

    /// <summary>What the client's answer will need; its losses are told there.</summary>
    public required AnswerContext Answer { get; init; }

    /// <summary>What provider and model do not take as the dialect has it; null where there is nothing.</summary>
    public IBodyAmendment? Amendment { get; init; }

    /// <summary>Answers for the memory of what is written.</summary>
    public BodyBudget? Budget { get; init; }

    /// <summary>About how long what is written will be, in bytes.</summary>
    public int SizeHint { get; init; }

    /// <summary>Ends the writing of a long request when its client has gone.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The body with its amendments, for a dialect whose bodies are JSON.</summary>
    /// <exception cref="GatewayException">It holds what the target refuses and may not lose.</exception>
    public BodySegments Amended(PooledBuffer written)
    {
        if (Amendment is null)
        {
            return new BodySegments([written.Written]);
        }

        var patch = new BodyPatch(JsonEnvelope.Read(written.Written));
        Amendment.Apply(patch);
        return patch.Apply();
    }
}
