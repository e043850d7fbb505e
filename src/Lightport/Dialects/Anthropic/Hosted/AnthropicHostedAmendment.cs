using System.Text;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Hosted;

/// <summary>Puts a body of Messages into a cloud's form, after all else has been changed in it.</summary>
/// <param name="betas">Those that the body asks for, unless it does so itself.</param>
/// <param name="inner">What provider and model do not take; null where there is nothing.</param>
internal sealed class AnthropicHostedAmendment(
    AnthropicHost host, IReadOnlyList<string> betas, IBodyAmendment? inner) : IBodyAmendment
{
    private readonly byte[] _version = [(byte)'"', .. Encoding.ASCII.GetBytes(host.Version), (byte)'"'];

    public void Apply(BodyPatch patch)
    {
        inner?.Apply(patch);
        if (!host.KeepsModel)
        {
            patch.Remove("model");
        }

        if (!host.KeepsStream)
        {
            patch.Remove("stream");
        }

        patch.Set("anthropic_version", _version);
        if (betas.Count > 0 && !patch.TryGetValue("anthropic_beta", out _))
        {
            patch.Set("anthropic_beta", AnthropicHostedBetas.ToJson(betas));
        }
    }
}
