using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using Lightport.Transport.Body;

namespace Lightport.Tests.Transport.Body;

/// <summary>Random objects under random edits, against the same edits on a JsonNode.</summary>
public sealed class BodyPatchPropertyTests
{
    private static readonly string[] Names = ["a", "b", "c", "d", "é", "model"];
    private static readonly string[] Values =
        ["1", "1.50e+2", "null", "true", "\"\\u0041 {,}\"", "[ 1 , {\"a\":2} ]", "{ }", "{\"b\" : [[]]}"];

    private static readonly string[] Spaces = ["", " ", "\n\t", "\r\n"];

    [Fact]
    public void Apply_RandomEdits_EqualsTheSameEditsOnATree()
    {
        Gen<(string, int)[]> fields =
            from names in Gen.SubListOf(Names)
            from order in Gen.Shuffle(names)
            from values in Gen.ArrayOf(names.Count, Gen.Choose(0, Values.Length - 1))
            select order.Zip(values).ToArray();
        Gen<(int Kind, string Name, string Other, int Value)[]> edits = Gen.ArrayOf(
            from kind in Gen.Choose(0, 2)
            from name in Gen.Elements(Names)
            from other in Gen.Elements(Names)
            from value in Gen.Choose(0, Values.Length - 1)
            select (kind, name, other, value));
        Gen<string[]> spaces = Gen.ArrayOf(64, Gen.Elements(Spaces));
        Gen<bool> cases = from f in fields from e in edits from s in spaces select Holds(f, e, s);

        Prop.ForAll(Arb.From(cases), holds => holds).Check(new FsCheck.Configuration
        {
            MaxNbOfTest = 3000,
            QuietOnSuccess = true,
            Runner = Config.QuickThrowOnFailure.Runner,
        });
    }

    private static bool Holds(
        (string Name, int Value)[] fields,
        (int Kind, string Name, string Other, int Value)[] edits,
        string[] spaces)
    {
        byte[] body = Encoding.UTF8.GetBytes(Write(fields, spaces));
        JsonObject tree = JsonNode.Parse(body)!.AsObject();
        JsonEnvelope envelope = JsonEnvelope.Read(body);
        var patch = new BodyPatch(envelope);
        var touched = new HashSet<string>();
        foreach ((int kind, string name, string other, int value) in edits)
        {
            Edit(tree, patch, kind, name, other, Values[value]);
            touched.Add(name);
            if (kind == 2)
            {
                touched.Add(other);
            }
        }

        byte[] patched = patch.Apply().ToArray();
        Assert.True(JsonNode.DeepEquals(tree, JsonNode.Parse(patched)), Encoding.UTF8.GetString(patched));
        AssertOthersKept(envelope, patched, touched);
        return true;
    }

    private static void Edit(JsonObject tree, BodyPatch patch, int kind, string name, string other, string value)
    {
        switch (kind)
        {
            case 0:
                patch.Set(name, Encoding.UTF8.GetBytes(value));
                tree[name] = JsonNode.Parse(value);
                break;
            case 1:
                patch.Remove(name);
                tree.Remove(name);
                break;
            default:
                patch.Rename(name, other);
                if (name != other && tree.TryGetPropertyValue(name, out JsonNode? node))
                {
                    tree.Remove(name);
                    tree.TryAdd(other, node);
                }

                break;
        }
    }

    /// <summary>Each untouched property stands in the result byte for byte, in the old order.</summary>
    private static void AssertOthersKept(JsonEnvelope envelope, byte[] patched, HashSet<string> touched)
    {
        JsonEnvelope result = JsonEnvelope.Read(patched);
        IEnumerable<string> Texts(JsonEnvelope of) => of.Fields
            .Where(field => !touched.Contains(field.Name))
            .Select(field => Encoding.UTF8.GetString(of.Body.Span[field.NameStart..field.ValueEnd]));

        Assert.Equal(Texts(envelope), Texts(result));
        if (touched.Count == 0)
        {
            Assert.Equal(envelope.Body.ToArray(), patched);
        }
    }

    private static string Write((string Name, int Value)[] fields, string[] spaces)
    {
        int next = 0;
        string Space() => spaces[next++ % spaces.Length];
        IEnumerable<string> properties = fields.Select(
            field => $"{Space()}\"{field.Name}\"{Space()}:{Space()}{Values[field.Value]}{Space()}");
        return Space() + "{" + string.Join(',', properties) + Space() + "}" + Space();
    }
}
